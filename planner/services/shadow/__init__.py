"""A roster that was made elsewhere, judged without being changed."""
