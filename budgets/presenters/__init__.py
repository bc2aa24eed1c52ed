"""A Statement → what a page says: amounts as they are shown, sentences, findings, marks.

Pure: nothing here knows Django or the database. Every sentence follows a rule that holds for
any Statement; what cannot be shown to be true is not said.
"""
