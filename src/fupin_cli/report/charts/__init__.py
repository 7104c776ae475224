"""Charts: numbers of a report drawn by matplotlib as SVG that may stand in any page.

``draw.svg(chart)`` draws a chart; ``incomes.incomes`` and ``blocking.blocking`` make the charts that every check has, and
wait for no library.
"""
