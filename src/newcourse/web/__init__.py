"""Pages and a JSON interface that show what a federation does (design §13).

Everything is made on the server: no script, nothing from outside. The pages only read; see :mod:`newcourse.web.guard`.
"""
