"""Tables that stand in the text as lines (表格): a row a line with its cells parted, or a cell a line; read as figures with their heads."""

from pipeline.tabular.cells import TableWords
from pipeline.tabular.figures import TableFigure, read_labelled, read_table
from pipeline.tabular.finding import Cell, Table, find_tables

__all__ = ["Cell", "Table", "TableFigure", "TableWords", "find_tables", "read_labelled", "read_table"]
