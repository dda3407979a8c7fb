"""A Mappe as PowerPoint, PDF, offline page and workbook, all from one specification of views."""
