"""What people see: one file is one page and stays thin; charts, components and reports are shared."""
