"""Pieces that every staff page is made of: figures in words, register lists, form fields, icons."""
