"""What is planned: frozen records and pure functions; no files, no database, no words.

Glossary (code — Swedish on screen): shift — pass · roster — schema · base roster — grundschema ·
duty — uppgift · gap — lucka · finding — avvikelse · hotspot — utvald plats · visit — besök ·
presence — närvaro · safety walk — trygghetsvandring · contact person — kontaktperson · principal —
rektor · squad — turlag · officer in charge — yttre befäl · crew — patrull · bound time — bunden
tid · stand-by — beredskap · absence — frånvaro · wish — önskemål · publish — fastställa.

A plan is a set of flat *records*, one type a table and a CSV file; they name each other by id.
"""
