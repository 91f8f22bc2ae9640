"""The published warehouse in the formats that other tools read (导出): Parquet, CSV and XLSX, each a Frictionless data package.

Parquet holds every table and view; CSV and XLSX those of `sheets.yaml`, which people open themselves. A file whose
rows have not changed is left as it is.
"""

from warehouse.exporting.packages import Exports, export

__all__ = ["Exports", "export"]
