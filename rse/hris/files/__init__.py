"""The file of HR: opened, read row by row, checked as a company, compared with the database, applied.

``formats`` opens a file: ``kinds`` says what it is, ``texts`` and ``encodings`` read a CSV file, ``spreadsheets`` an XLSX file,
``unrolled`` an XLS or ODS file, ``zips`` what was packed, ``layout`` finds the headers, ``leftovers`` the lines that are nobody.
``columns`` says which column is which, ``reading`` turns records into rows, ``checking`` finds what no row shows alone, ``comparison``
says what would change, ``application`` changes it.
"""
