"""Answers as files, none of which can be made to run anything.

* ``texts``     JSON and NDJSON for programs, CSV for spreadsheets
* ``workbook``  XLSX with numbers and dates as such
* ``graphs``    GraphML and GEXF for programs that draw
* ``sheet``     one HTML page that needs nothing from elsewhere
"""

from graph_app.export.texts import csv_text, defused, document, rows_of, table_csv, table_document

__all__ = ["csv_text", "defused", "document", "rows_of", "table_csv", "table_document"]
