"""The cast: who writes to the desk in the tests. Names are invented, numbers are those kept for fiction."""

from crm.operations.application import Adult, Application, ConsentGiven

MARCHETTI = Application(
    Adult("Inès", "Marchetti", "ines.marchetti@example.org", "+33639981245", profession="professeure des écoles"),
    "family",
    profile="professeure des écoles",
    request="Nous cherchons une maison avec un jardin, près d’une école.",
    commune="26113",
    children=("3-5", "6-10"),
    answers={"wanted": "soon", "best_hours": "evening"},
)
"""A family from Lyon: Inès and two children, who look around Die."""

BESSON = Application(
    Adult("Anaïs", "Besson", "anais.besson@example.org", "+33639985231", profession="bibliothécaire"),
    "family",
    co_applicant=Adult("Hugo", "Besson", "hugo.besson@example.org", "+33639985232", profession="cuisinier"),
    co_applicant_agreed=True,
    profile="bibliothécaire",
    request="Ma mutation est demandée ; Hugo cherche une cuisine collective.",
    area="le Royans",
    children=("3-5",),
    consents=(ConsentGiven("co_applicant", True, "Hugo est d’accord pour recevoir des messages.", "co_applicant"),),
)
"""Two adults, one project."""

ROUSSEL = Application(
    Adult("Camille", "Roussel", "camille.roussel@example.org", "+33639984107", profession="médecin généraliste"),
    "health_professional",
    profile="médecin généraliste",
    request="Je cherche une maison de santé où travailler à plusieurs.",
    area="Die ou Châtillon-en-Diois",
    commune="26113",
    answers={"practice": "group"},
)

DUPRAT = Application(
    Adult("Marc", "Duprat", "marc.duprat@example.org", "+33639987744", profession="boulanger"),
    "entrepreneur",
    profile="boulanger",
    request="Reprendre une boulangerie.",
    commune="26113",
    answers={"kind": "takeover", "trade": "crafts"},
)

ARNOUX = Application(
    Adult("Solène", "Arnoux", "solene.arnoux@example.org", "+33639983310"),
    "student",
    profile="licence de biologie",
    request="Où se loger à Valence ?",
    commune="26362",
)

LEROY = Application(
    Adult("Jeanne", "Leroy", "jeanne.leroy@example.org", "+33639986001"),
    "ambassador",
    profile="apicultrice",
    request="J’aimerais raconter mon arrivée.",
    facts={"applied": True},
)
"""Who proposed herself as an ambassador."""

SILENT = Application(
    Adult("Odette", "Faugère", None, "+33639980077"),
    "family",
    profile="retraitée",
    request="",
    door="desk",
)
"""Someone without an address: what would be written is said on the telephone."""
