"""What the demo consists of: invented people, one factory from the workbook and a small second one."""
