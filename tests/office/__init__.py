"""Files as a spreadsheet opens them. They need LibreOffice, which few machines have."""
