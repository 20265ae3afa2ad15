"""The file of HR: opened, read row by row, checked as a company, compared with the database, applied.

``formats`` and ``spreadsheets`` open a file, ``columns`` says which column is which, ``reading`` turns records into rows, ``checking``
finds what no row shows alone, ``comparison`` says what would change, ``application`` changes it.
"""
