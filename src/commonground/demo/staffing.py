"""How many people hold which role where: 1,200 in all, and who of them the story knows by name."""

from typing import NamedTuple


class Staff(NamedTuple):
    """So many holders of a role, spread over these units."""

    role: str
    holders: int
    units: tuple[str, ...]


def _staff(role: str, holders: int, units: str) -> Staff:
    return Staff(role, holders, tuple(units.split()))


LINE_CREWS = "el-north-line el-north-cable el-south-line el-south-cable el-east-line el-east-cable"
MAINS, SERVICE = "wa-north-mains wa-south-mains", "wa-north-service wa-south-service"
METER_CREWS = "me-south-a me-south-b me-south-night me-north-a me-north-b me-north-night"
PHONES = "cc-phone-1 cc-phone-2 cc-phone-3 cc-phone-4"
DESKS = "cc-desk-market cc-desk-harbour"

STAFF = (
    _staff("managing-director", 1, "cs"),
    _staff("director", 3, "cs cs-finance cs-people"),
    _staff("director", 2, "el"),
    _staff("director", 2, "wa"),
    _staff("director", 1, "me"),
    _staff("director", 1, "bi"),
    _staff("director", 1, "cc"),
    _staff("director", 1, "ka"),
    _staff("network-manager", 14, "el-north el-south el-east el-grid el-control el-conn el-plan"),
    _staff("water-manager", 10, "wa-north wa-south wa-net wa-works wa-supply"),
    _staff("depot-manager", 6, "me-south me-north me-devices"),
    _staff("billing-manager", 6, "bi-run bi-payments bi-readings bi-accounts"),
    _staff("account-lead", 1, "bi-accounts"),
    _staff("floor-manager", 8, "cc-phone cc-write cc-desks cc-quality"),
    _staff("key-manager", 3, "ka-industry ka-public"),
    _staff("office-manager", 9, "cs-finance cs-it cs-people cs-words"),
    _staff("program-lead", 1, "cs-program"),
    _staff("customer-lead", 1, "cs-words"),
    _staff("line-foreman", 27, LINE_CREWS),
    _staff("connections-lead", 4, "el-conn-new"),
    _staff("mains-foreman", 18, f"{MAINS} {SERVICE}"),
    _staff("supply-lead", 2, "wa-records"),
    _staff("lab-lead", 2, "wa-lab"),
    _staff("crew-foreman", 16, METER_CREWS),
    _staff("dispatch-lead", 3, "me-dispatch"),
    _staff("billing-lead", 12, "bi-readings bi-accounts bi-run bi-payments"),
    _staff("phone-lead", 16, PHONES),
    _staff("desk-lead", 5, DESKS),
    _staff("key-lead", 4, "ka-public ka-industry"),
    _staff("office-lead", 9, "cs-it cs-people cs-finance cs-words"),
    _staff("records-specialist", 14, "el-records"),
    _staff("connections-engineer", 26, "el-conn-new"),
    _staff("control-operator", 20, "el-control"),
    _staff("network-planner", 22, "el-plan"),
    _staff("protection-technician", 16, "el-north el-south el-east"),
    _staff("records-specialist", 12, "wa-records"),
    _staff("works-operator", 26, "wa-works"),
    _staff("lab-analyst", 14, "wa-lab"),
    _staff("network-planner", 12, "wa-net"),
    _staff("dispatch-planner", 16, "me-dispatch"),
    _staff("device-technician", 6, "me-devices"),
    _staff("account-specialist", 24, "bi-accounts"),
    _staff("bill-specialist", 20, "bi-run"),
    _staff("payment-specialist", 14, "bi-payments"),
    _staff("letter-agent", 16, "cc-write"),
    _staff("quality-coach", 8, "cc-quality"),
    _staff("key-adviser", 30, "ka-industry ka-public"),
    _staff("it-specialist", 24, "cs-it"),
    _staff("people-partner", 10, "cs-people"),
    _staff("finance-specialist", 16, "cs-finance"),
    _staff("vehicle-clerk", 6, "cs-finance"),
    _staff("writer", 6, "cs-words"),
    _staff("program-specialist", 6, "cs-program"),
    _staff("line-worker", 165, LINE_CREWS),
    _staff("mains-worker", 78, MAINS),
    _staff("service-fitter", 48, SERVICE),
    _staff("meter-reader", 104, METER_CREWS),
    _staff("meter-fitter", 34, METER_CREWS),
    _staff("reading-clerk", 14, "bi-readings"),
    _staff("reading-typist", 9, "bi-readings"),
    _staff("account-clerk", 41, "bi-accounts bi-payments"),
    _staff("phone-agent", 124, PHONES),
    _staff("desk-agent", 26, DESKS),
    _staff("cashier", 4, DESKS),
)
WHOLE = sum(staff.holders for staff in STAFF)

# name; role; unit
_CAST = """
Joanna Achterberg;managing-director;cs
Ruth Nakamura;director;cs
Henrik Solano;director;cs-finance
Beatriz Amaral;director;cs-people
Sigrid Halvorsen;director;el
Anton Kovacs;director;el
Leopold Marsh;director;wa
Nadia Rahmani;director;wa
Gerard Visser;director;me
Helen Okafor;director;bi
Marcus Lindgren;director;cc
Victor Adeyemi;director;ka
Maren Lindqvist;program-lead;cs-program
Farah Haddad;customer-lead;cs-words
Dieter Hahn;account-lead;bi-accounts
Priya Nair;billing-manager;bi-run
Julia Kamińska;billing-manager;bi-payments
Daniel Österberg;billing-manager;bi-readings
Kofi Boateng;network-manager;el-north
Ursula Weiss;network-manager;el-control
Pedro Salgado;network-manager;el-conn
Aroha Tamati;water-manager;wa-north
Kenji Mori;water-manager;wa-supply
Birgit Sommer;depot-manager;me-south
Grace Mbeki;floor-manager;cc-phone
Isabel Fonseca;floor-manager;cc-write
Hugo Marchetti;key-manager;ka-industry
Oscar Mbele;office-manager;cs-finance
Simone Laurent;office-manager;cs-it
Jorge Medina;line-foreman;el-north-line
Clara Nyström;connections-lead;el-conn-new
Paulo Teixeira;mains-foreman;wa-north-mains
Ingrid Solberg;supply-lead;wa-records
Stefan Ionescu;lab-lead;wa-lab
Luis Ferreira;crew-foreman;me-south-a
Tomasz Wieczorek;dispatch-lead;me-dispatch
Yusuf Aslan;dispatch-lead;me-dispatch
Piet de Vries;billing-lead;bi-readings
Rosa Quintero;phone-lead;cc-phone-1
Emeka Obi;desk-lead;cc-desk-market
Thandi Nkosi;key-lead;ka-public
Anna Kowalczyk;office-lead;cs-it
Amara Osei;records-specialist;el-records
Owen Griffiths;connections-engineer;el-conn-new
Fatima Idrissi;control-operator;el-control
Lena Hartmann;network-planner;el-plan
Sanjay Bhat;records-specialist;wa-records
Bogdan Petrescu;dispatch-planner;me-dispatch
Ahmed Mansour;device-technician;me-devices
Matteo Ricci;account-specialist;bi-accounts
Rajesh Pillai;payment-specialist;bi-payments
Noor van Dijk;letter-agent;cc-write
Wanda Zielińska;quality-coach;cc-quality
Peter Novák;it-specialist;cs-it
Kiran Shah;it-specialist;cs-it
Yvonne Dubois;it-specialist;cs-it
Eva Lindner;vehicle-clerk;cs-finance
Tariq Aziz;finance-specialist;cs-finance
Chiara Bellini;service-fitter;wa-south-service
Dmytro Bondar;line-worker;el-north-line
Samuel Adjei;meter-reader;me-south-a
Ilse Brandt;meter-reader;me-south-a
Agnes Dupont;reading-clerk;bi-readings
Mei-Ling Chua;reading-typist;bi-readings
Hannah Brandt;phone-agent;cc-phone-2
Babak Karimi;phone-agent;cc-phone-1
Sofia Lindholm;desk-agent;cc-desk-market
"""
CAST = tuple(tuple(line.split(";")) for line in _CAST.strip().splitlines())
# Somebody whose work still carries their name.
LEFT = ("Frieda Wolff", "account-clerk", "bi-accounts", -40)
# Somebody who stood for a unit, and whom nobody has followed there.
LEFT_TOO = ("Cornelis Haas", "director", "ka", -38)
