"""The languages of the pages, through gettext: English in the templates, others as ``LANGUAGE/messages.po`` here."""
