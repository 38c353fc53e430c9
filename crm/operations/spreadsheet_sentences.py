"""What the report of an import says, line by line: a sentence for each code, in both languages."""

from crm.operations.delimited_text import SpreadsheetError
from workflows.situation import Reason

SENTENCES: dict[str, dict[str, str]] = {
    # the file
    "empty": {
        "fr": "Le fichier est vide.",
        "en": "The file is empty.",
    },
    "too_large": {
        "fr": "Le fichier dépasse {megabytes} Mo : coupez-le en plusieurs.",
        "en": "The file is larger than {megabytes} MB: split it.",
    },
    "too_many_rows": {
        "fr": "Le fichier dépasse {rows} lignes : coupez-le en plusieurs.",
        "en": "The file has more than {rows} lines: split it.",
    },
    "xlsx_file": {
        "fr": "C'est un classeur ou une archive : dans le tableur, « Enregistrer sous », puis « CSV ».",
        "en": "This is a workbook or an archive: in the spreadsheet choose “Save as”, then “CSV”.",
    },
    "xls_file": {
        "fr": "C'est un ancien classeur : dans le tableur, « Enregistrer sous », puis « CSV ».",
        "en": "This is an old workbook: in the spreadsheet choose “Save as”, then “CSV”.",
    },
    "pdf_file": {
        "fr": "C'est un PDF : il faut le tableau lui-même, enregistré en CSV.",
        "en": "This is a PDF: the table itself is needed, saved as CSV.",
    },
    "image_file": {
        "fr": "C'est une image : il faut le tableau lui-même, enregistré en CSV.",
        "en": "This is a picture: the table itself is needed, saved as CSV.",
    },
    "archive_file": {
        "fr": "C'est une archive : décompressez-la, puis choisissez le fichier CSV.",
        "en": "This is an archive: unpack it, then choose the CSV file.",
    },
    "database_file": {
        "fr": "C'est une base de données : il faut un tableau, enregistré en CSV.",
        "en": "This is a database: a table is needed, saved as CSV.",
    },
    "not_text": {
        "fr": "Ce fichier n'est pas du texte : dans le tableur, « Enregistrer sous », puis « CSV ».",
        "en": "This file is not text: in the spreadsheet choose “Save as”, then “CSV”.",
    },
    "no_headings": {
        "fr": "Aucune colonne n'est reconnue dans « {first} ». La première ligne nomme les colonnes, "
        "par exemple : Nom ; Prénom ; Courriel ; Téléphone ; Profil.",
        "en": "No column is recognised in “{first}”. The first line names the columns, "
        "for example: Last name ; First name ; E-mail ; Phone ; Profile.",
    },
    # the columns
    "column_not_known": {
        "fr": "Colonne « {column} » : pas reconnue, gardée parmi les réponses.",
        "en": "Column “{column}”: not recognised, kept among the answers.",
    },
    "line_above": {
        "fr": "Ligne {line}, au-dessus des noms de colonnes : « {value} », laissée de côté.",
        "en": "Line {line}, above the names of the columns: “{value}”, left aside.",
    },
    # a line
    "unclosed_quote": {
        "fr": "Un guillemet ouvert n'est pas refermé : la ligne est lue telle quelle.",
        "en": "A quotation mark is opened and not closed: the line is read as it stands.",
    },
    "control_characters": {
        "fr": "Des caractères invisibles sont retirés.",
        "en": "Invisible characters were removed.",
    },
    "unreadable_characters": {
        "fr": "Des caractères sont illisibles, remplacés par « \ufffd ».",
        "en": "Some characters cannot be read, replaced by “\ufffd”.",
    },
    "cell_cut": {
        "fr": "Une cellule de {length} caractères est coupée à {kept}.",
        "en": "A cell of {length} characters is cut to {kept}.",
    },
    "short_row": {
        "fr": "Ligne coupée : {found} cellules au lieu de {expected}.",
        "en": "Line cut short: {found} cells instead of {expected}.",
    },
    "long_row": {
        "fr": "Ligne trop longue : {found} cellules au lieu de {expected} ; le reste est gardé parmi les réponses.",
        "en": "Line too long: {found} cells instead of {expected}; the rest is kept among the answers.",
    },
    # who
    "no_name": {"fr": "Ni nom ni prénom.", "en": "Neither last name nor first name."},
    "no_first_name": {"fr": "Il manque le prénom.", "en": "The first name is missing."},
    "no_last_name": {"fr": "Il manque le nom.", "en": "The last name is missing."},
    "no_way_to_reach": {
        "fr": "Ni courriel ni téléphone : impossible de lui répondre.",
        "en": "Neither e-mail nor telephone: there is no way to answer.",
    },
    "email_not_read": {
        "fr": "« {value} » n'est pas une adresse de courriel, par exemple prenom@exemple.fr ; gardé parmi les réponses.",
        "en": "“{value}” is not an e-mail address, such as name@example.org; kept among the answers.",
    },
    "phone_not_read": {
        "fr": "« {value} » n'est pas un numéro de téléphone, par exemple 06 39 98 00 26 ; gardé parmi les réponses.",
        "en": "“{value}” is not a telephone number, such as 06 39 98 00 26; kept among the answers.",
    },
    "value_more": {
        "fr": "Colonne « {column} » : « {value} » est gardé parmi les réponses, une valeur étant déjà retenue.",
        "en": "Column “{column}”: “{value}” is kept among the answers, since one value is already taken.",
    },
    "formula": {
        "fr": "Colonne « {column} » : « {value} » est une formule, gardée comme un simple texte.",
        "en": "Column “{column}”: “{value}” is a formula, kept as plain text.",
    },
    # what for
    "profile_not_known": {
        "fr": "Profil « {value} » : aucun parcours ne lui correspond ; gardé parmi les réponses.",
        "en": "Profile “{value}”: no journey matches it; kept among the answers.",
    },
    "commune_not_found": {
        "fr": "« {value} » : aucune commune du territoire ne porte ce nom ; gardé parmi les réponses.",
        "en": "“{value}”: no commune of the territory has this name; kept among the answers.",
    },
    "commune_unclear": {
        "fr": "« {value} » : quelle commune ? Possible : {close}. Gardé parmi les réponses.",
        "en": "“{value}”: which commune? Possible: {close}. Kept among the answers.",
    },
    "postal_code_differs": {
        "fr": "Le code postal {value} n'est pas celui de {commune} : le nom est retenu.",
        "en": "The postal code {value} is not that of {commune}: the name is taken.",
    },
    "postal_code_not_read": {
        "fr": "« {value} » n'est pas un code postal, par exemple 26150 ; gardé parmi les réponses.",
        "en": "“{value}” is not a postal code, such as 26150; kept among the answers.",
    },
    "date_impossible": {
        "fr": "« {value} » n'existe pas au calendrier. Par exemple : 28/02/2027. Gardé parmi les réponses.",
        "en": "“{value}” is not in the calendar. For example: 28/02/2027. Kept among the answers.",
    },
    "date_not_read": {
        "fr": "« {value} » n'est pas une date. Par exemple : 28/02/2027. Gardé parmi les réponses.",
        "en": "“{value}” is not a date. For example: 28/02/2027. Kept among the answers.",
    },
    "spouse_not_read": {
        "fr": "Conjoint : « {value} » n'est ni oui ni non ; gardé parmi les réponses.",
        "en": "Spouse: “{value}” is neither yes nor no; kept among the answers.",
    },
    "children_not_read": {
        "fr": "Enfants : « {value} » n'est pas compris, par exemple 2 (4 et 7 ans) ; gardé parmi les réponses.",
        "en": "Children: “{value}” is not understood, such as 2 (4 and 7 years); kept among the answers.",
    },
    "already_in_this_file": {
        "fr": "La même personne figure plus haut : jointe au dossier {reference}.",
        "en": "The same person stands above: joined to case file {reference}.",
    },
    "language_not_known": {
        "fr": "Langue « {value} » : ni français ni anglais ; gardé parmi les réponses.",
        "en": "Language “{value}”: neither French nor English; kept among the answers.",
    },
}


def spreadsheet_sentence(problem: Reason | SpreadsheetError, language: str) -> str:
    reason = problem.reason if isinstance(problem, SpreadsheetError) else problem
    return SENTENCES[reason.code][language].format(**reason.values)
