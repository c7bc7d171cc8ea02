"""The pages that signatories and readers see. A view parses, makes one call, and answers."""
