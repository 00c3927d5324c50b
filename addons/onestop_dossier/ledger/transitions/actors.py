# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Who acts: roles, and the agency in which they must hold."""

from .row import Place, Who

CITIZEN = Who(Place.CITIZEN)
RECEIVER = Who(Place.CENTRE, ("receiver",))
# Who helps a citizen file for another Centre hands it in there, and no more.
HELPER = Who(Place.HELPED, ("receiver",))
CASHIER = Who(Place.CENTRE, ("receiver", "cashier"))
RETURNER = Who(Place.CENTRE, ("returner",))
# Who gives money back out of the till.
TILL = Who(Place.CENTRE, ("cashier",))
# Who counts what a fee comes to, in the agency that has the dossier.
ASSESSOR = Who(Place.CHARGE, ("appraiser", "deputy", "head"))
APPRAISER = Who(Place.CHARGE, ("appraiser",))
# Who may decide at all; whether this person may decide this dossier now is the
# question of the guard "authority" (and of the delegation room above).
DECIDER = Who(Place.COMPETENT, ("head", "deputy", "approver"))
RECORDS = Who(Place.COMPETENT, ("records",))
# The agency that is late apologises, also when it is not the one that decides.
LATE = Who(Place.CHARGE, ("head", "deputy", "approver"))
# Who forwarded the dossier; that it was himself is part of the place.
SENDER = Who(Place.SENDER, ("receiver", "appraiser"))
# Head and deputy of the agency that has it, whoever of their people holds it.
HEADS = Who(Place.CHARGE, ("head", "deputy"))
# The physical file is moved by the counter, and by everybody who works where it lies.
PORTER = Who(Place.CENTRE, ("receiver", "returner"))
KEEPER = Who(
    Place.CHARGE,
    ("receiver", "appraiser", "head", "deputy", "approver", "records"),
)
CONSULTED = Who(Place.CONSULTED, ("head", "deputy", "appraiser"))
LEADERS = Who(Place.CENTRE, ("head", "deputy"))
SYSTEM = Who(Place.SYSTEM)
