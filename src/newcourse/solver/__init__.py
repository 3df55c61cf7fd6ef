"""An optimisation problem in, a certified solution or a certified refusal out; knows no economics (design §6.7).

The door is :func:`newcourse.solver.door.solve`. Why it stopped, whether there is a primal and whether there is a
dual are three separate answers, and what an answer is worth is said by a certificate that is computed in plain
arithmetic from the problem's own numbers, apart from every solver.
"""
