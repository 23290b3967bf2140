"""Words of a company's name that tell its legal form, or that are written in more than one way."""

from __future__ import annotations

# As they stand after accents, points and capitals are gone: `S.p.A.` is `spa`.
_TRAILING = """
inc incorporated corp corporation co company llc lllp llp lp plc pllc ltd limited pc unlimited
gmbh mbh ag kg kgaa ohg gbr ug se ev eg ewiv haftungsbeschrankt
sa sas sasu sarl eurl snc sca scop spa srl srls sapa sl slu sau sc scs
bv nv vof cv bvba sprl vzw asbl ab hb kb as asa ans oy oyj aps ivs amba hf ehf
sro spol doo dd ad ood eood ead kft zrt nyrt bt rt oao ooo zao pao ao tov uab sia ou
pty pte pvt private proprietary bhd sdn berhad tbk kk gk yk jsc ojsc pjsc cjsc
ltda eireli sab fzc fze fzco fzllc dmcc wll saog saoc sae
"""
_PHRASES = (
    "sp z o o", "sp z oo", "s de r l", "s de rl", "sa de cv", "s a", "s l", "n v", "b v", "a g", "s p a", "s r l",
    "l l c", "a s", "d o o", "s r o", "gesellschaft mit beschrankter haftung", "aktiengesellschaft",
    "kabushiki kaisha", "sociedad anonima", "societe anonyme", "public limited",
)  # fmt: skip

TRAILING_FORMS = rf"(?: (?:{'|'.join([*_PHRASES, *_TRAILING.split()])}))+$"
"""Legal forms at the end of a name whose words are parted by single spaces."""

LEADING_FORMS = r"^(?:the|pt|ooo|oao|zao|pao|tov|uab) "
"""An article, or legal forms that stand before the name."""

SAME_WORDS = {
    "intl": "international", "int": "international", "natl": "national", "mfg": "manufacturing",
    "manuf": "manufacturing", "svc": "services", "svcs": "services", "service": "services", "serv": "services",
    "tech": "technologies", "technology": "technologies", "techs": "technologies", "sys": "systems",
    "system": "systems", "sol": "solutions", "solution": "solutions", "grp": "group", "gp": "group",
    "gruppe": "group", "groupe": "group", "grupo": "group", "gruppo": "group", "hldg": "holdings",
    "hldgs": "holdings", "holding": "holdings", "bros": "brothers", "univ": "university", "inst": "institute",
    "assoc": "associates", "associate": "associates", "assn": "association", "dept": "department",
    "dist": "distribution", "eng": "engineering", "engr": "engineering", "fin": "financial", "ins": "insurance",
    "lab": "labs", "laboratory": "labs", "laboratories": "labs", "mgmt": "management", "mgt": "management",
    "mkt": "marketing", "mktg": "marketing", "ind": "industries", "inds": "industries", "industry": "industries",
    "ent": "enterprises", "enterprise": "enterprises", "pharma": "pharmaceuticals",
    "pharmaceutical": "pharmaceuticals", "prod": "products", "prods": "products", "transp": "transport",
    "comm": "communications", "comms": "communications", "communication": "communications", "ctr": "center",
    "centre": "center", "hosp": "hospital", "med": "medical", "amer": "america", "bldg": "building",
    "consult": "consulting", "dev": "development", "info": "information", "equip": "equipment", "st": "saint",
}  # fmt: skip
"""Word → the word that stands for all its spellings."""

_ADDED = """
group holdings international global worldwide europe emea americas america apac asia africa
usa us uk gb eu de fr it es nl se ch at in jp br ca cn au sg ie dk no fi pl cz be pt mx nz kr il za ae
germany deutschland france italy italia spain espana netherlands nederland sweden sverige switzerland schweiz suisse
austria osterreich india japan brazil brasil canada china australia singapore ireland denmark danmark norway norge
finland suomi poland polska belgium mexico korea israel
"""

ADDED_WORDS = rf"(?: (?:{'|'.join(_ADDED.split())}))+$"
"""Words at the end of a name that a company's other offices, its group, or another list add."""

FILLERS = ("and", "und", "of", "the", "for")
"""Words that a name may have or not."""
