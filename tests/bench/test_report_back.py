"""How long the report-back of a whole city takes to lay out; printed, and far from the bound."""

from time import perf_counter

from planner.reports.report_back_html import render_report_back_page
from planner.reports.report_back_pdf import render_report_back
from planner.services.prints.pages import page_sizes
from tests.planner.reports.report_back_samples import overfull_report_back

BOUND_S = 60


def test_report_of_36_schools_and_20_weeks():
    report = overfull_report_back(36)
    begin = perf_counter()
    pdf = render_report_back(report)
    middle = perf_counter()
    html = render_report_back_page(report)
    end = perf_counter()
    print(
        f"\nreport-back of 36 schools: PDF of {len(page_sizes(pdf))} pages {middle - begin:.2f} s, "
        f"web page of {len(html) // 1000} kB {end - middle:.2f} s"
    )
    assert end - begin < BOUND_S
