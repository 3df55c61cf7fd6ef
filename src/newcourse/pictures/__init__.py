"""Pictures of plans and votes, one file each, one call each (design §13).

Every picture is an Altair chart: it can be shown in a notebook, rendered to SVG or PNG without a browser by
:mod:`newcourse.pictures.render`, and carries the numbers it draws. Colours are told apart by colour-blind people, and
nothing is said by colour alone.
"""
