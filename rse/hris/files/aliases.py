"""How HR software and people call our columns, in French, English and German: folded, from what leaves no doubt to what usually means it.

The first tier is given out before the second, so that a plain “service” is a code only where no header says “code service”.
"""


def _listed(names: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in names.split(","))


# fmt: off
PRECISE = {
    "employee_number": _listed("""
        employee number, matricule, matricule salarie, matricule employe, matricule agent, matricule rh, matricule paie, n matricule, no
        matricule, numero matricule, numero de matricule, num matricule, n employe, no employe, numero employe, numero d employe, numero
        de l employe, num employe, n salarie, no salarie, numero salarie, numero de salarie, num salarie, numero agent, n agent, code
        salarie, code employe, code agent, identifiant rh, identifiant salarie, identifiant employe, id salarie, id employe, employee no,
        employee nr, employee id, employee code, employeeid, employeenumber, emp no, emp id, emp number, staff number, staff id, staff no,
        personnel number, personnel no, payroll number, payroll id, worker id, person number, hr id, badge id, badge, personalnummer,
        personal nr, personalnr, mitarbeiternummer, mitarbeiter nr, stammnummer, associate id, file number, worker number, person id
        external, personnelnumber, matricule collaborateur, identifier, mat
    """),
    "first_name": _listed("""
        first name, firstname, prenom, prenoms, prenom usuel, prenom d usage, premier prenom, given name, givenname, given names,
        forename, legal first name, prenom salarie, prenom employe, prenom agent, prenom s, first given name, vorname, rufname
    """),
    "last_name": _listed("""
        nom d usage, nom usuel, nom usage, nom marital, preferred last name, last name, lastname, nom de famille, surname, surnames,
        family name, familyname, nom salarie, nom employe, nom agent, sn, nachname, familienname, legal last name
    """),
    "birth_name": _listed("""
        nom de naissance, nom naissance, nom patronymique, nom de jeune fille, birth name, maiden name, name at birth, geburtsname
    """),
    "preferred_name": _listed("""
        preferred name, preferred first name, known as, nickname, nick name, usual first name
    """),
    "full_name": _listed("""
        full name, fullname, employee name, employee full name, display name, displayname, nom complet, nom et prenom, nom prenom, prenom
        nom, prenom et nom, nom prenoms, worker name, payroll name, name of employee, nom du salarie, nom du collaborateur, nom et prenom
        du salarie, legal name, name vorname, vorname name, vollstandiger name, mitarbeitername, worker
    """),
    "login": _listed("""
        userid, user id, login, username, user name, nom d utilisateur, identifiant de connexion, userprincipalname, user principal name,
        benutzername, samaccountname, sam account name, identifiant reseau
    """),
    "status": _listed("""
        employee status, worker status, employment state, position status, active status, statut employe, statut salarie, statut du
        salarie, statut collaborateur, etat du salarie, statut de presence, presence, account enabled, accountenabled, currently active,
        status read only, is active, actif, active, mitarbeiterstatus, statut du contrat
    """),
    "email": _listed("""
        work email, work e mail, email professionnel, e mail professionnel, mail professionnel, courriel professionnel, adresse email
        professionnelle, adresse mail professionnelle, adresse e mail professionnelle, adresse electronique professionnelle, email pro, e
        mail pro, mail pro, courriel pro, email travail, email entreprise, mail entreprise, business email, business e mail, company
        email, corporate email, professional email, office email, email work, email address work, email primary work, primary work email,
        work contact work email, work email address, geschaftliche e mail, dienstliche e mail, firmen e mail, arbeits e mail, e mail
        geschaftlich, primary email, email required, email address required
    """),
    "private_email": _listed("""
        private email, private e mail, email personnel, e mail personnel, mail personnel, courriel personnel, email perso, e mail perso,
        mail perso, courriel perso, email prive, e mail prive, mail prive, courriel prive, adresse mail personnelle, adresse email
        personnelle, adresse e mail personnelle, personal email, personal e mail, home email, home e mail, email home, email private,
        personal email address, private email address, home email address, other email, secondary email, home secondary email, recovery
        email, private e mail adresse
    """),
    "unit": _listed("""
        unit code, code unite, code de l unite, code service, code du service, code departement, code du departement, code direction, code
        entite, code equipe, code structure, code affectation, code uo, code organisation, id service, id unite, identifiant service,
        identifiant unite, department code, dept code, department id, org unit code, org unit id, orgunit, organizational unit code,
        organisational unit code, team code, cost center code, division code, unit id, home department code, abteilungsnummer,
        abteilungskurzel, uo code
    """),
    "unit_name": _listed("""
        unit name, libelle service, libelle du service, libelle unite, libelle de l unite, libelle departement, libelle direction, libelle
        entite, libelle structure, libelle affectation, libelle uo, libelle equipe, nom service, nom du service, nom unite, nom de l
        unite, nom departement, nom du departement, nom de la direction, nom de l equipe, intitule service, intitule du service, home
        department description, abteilungsname, department name, dept name, org unit name, organizational unit name, team name, division
        name
    """),
    "parent_unit": _listed("""
        parent unit, unite parente, unite parent, unite mere, unite superieure, code unite parente, code unite superieure, service parent,
        code service parent, service superieur, code service superieur, service de rattachement, code parent, code service de
        rattachement, unite de rattachement, code unite de rattachement, departement parent, direction de rattachement, code direction de
        rattachement, entite parente, rattachement, parent unit code, parent department, parent department code, parent org unit, parent
        org unit code, parent team, parent code, upper unit, reports to unit
    """),
    "site": _listed("""
        site name, nom du site, nom site, libelle site, libelle du site, lieu de travail, site de travail, site de rattachement, libelle
        etablissement, nom de l etablissement, etablissement, work location, work site, worksite, workplace, office location,
        physicaldeliveryofficename, physical delivery office name, location description, location name, business establishment, standort,
        arbeitsort, dienstort, office name
    """),
    "site_time_zone": _listed("""
        site time zone, time zone, timezone, fuseau horaire, fuseau, fuseau horaire du site, fuseau du site, site timezone, tz
    """),
    "site_country": _listed("""
        site country, country of site, country of work, work country, location country, pays du site, pays site, pays de travail, pays du
        lieu de travail, pays etablissement, pays de l etablissement, land des standorts, arbeitsland
    """),
    "site_region": _listed("""
        site region, region of site, region du site, region site, holiday region, region des jours feries, bundesland des standorts
    """),
    "absent_from": _listed("""
        absent from, absence start, absence from, first day of absence, leave start, leave start date, debut absence, debut d absence,
        absent depuis, absente depuis, absent du, date debut absence, date de debut d absence, abwesend ab, abwesenheit von
    """),
    "absent_until": _listed("""
        absent until, absence end, absence until, absence to, last day of absence, leave end, leave end date, fin absence, fin d absence,
        absent jusqu au, absente jusqu au, absent au, date fin absence, date de fin d absence, abwesend bis, abwesenheit bis
    """),
    "job_family": _listed("""
        job family, famille metier, famille de metier, famille de metiers, famille professionnelle, famille d emplois, famille d emploi,
        famille emploi, filiere, filiere metier, filiere professionnelle, metier, job group, job category, career family, job function,
        profession
    """),
    "position": _listed("""
        position code, code poste, code du poste, numero de poste, numero poste, n poste, no poste, id poste, identifiant poste,
        identifiant du poste, code position, matricule poste, position id, position number, position no, post code id, job position id
    """),
    "position_title": _listed("""
        position title, intitule poste, intitule du poste, intitule de poste, libelle poste, libelle du poste, libelle de poste, intitule
        emploi, intitule de l emploi, libelle emploi, libelle de l emploi, intitule fonction, libelle fonction, titre du poste, titre de
        poste, titre poste, nom du poste, poste occupe, emploi occupe, fonction, fonction exercee, job title, jobtitle, title of position,
        business title, position name, role title, job name, job position, job title description, employee title, position title
        description, stellenbezeichnung, berufsbezeichnung, jobtitel, tatigkeit
    """),
    "position_shared": _listed("""
        position shared, shared position, poste partage, poste partage oui non, partage, poste multiple, poste mutualise, is shared,
        shared, multiple incumbents
    """),
    "interim_position": _listed("""
        interim position, interim position code, poste interim, poste par interim, poste en interim, poste interimaire, code poste
        interim, code poste par interim, interim, acting position, acting position code, acting for
    """),
    "manager_number": _listed("""
        manager number, matricule manager, matricule du manager, matricule responsable, matricule du responsable, matricule n 1, matricule
        superieur, matricule du superieur, matricule superieur hierarchique, matricule hierarchique, matricule responsable hierarchique,
        matricule du responsable hierarchique, n matricule manager, n matricule responsable, numero manager, numero du manager, numero
        responsable, numero du responsable, id manager, id responsable, code manager, code responsable, identifiant manager, identifiant
        responsable, manager employee number, manager employee id, manager id, manager no, manager code, supervisor id, supervisor number,
        supervisor employee number, line manager id, line manager number, line manager employee number, reports to id, reports to employee
        number, managerid, manager userid, manager user id, reports to associate id, personalnummer vorgesetzter, personalnummer des
        vorgesetzten
    """),
    "manager_position": _listed("""
        manager position, manager position code, poste du manager, poste manager, poste responsable, poste du responsable, code poste
        manager, code poste du manager, code poste responsable, code poste du responsable, poste superieur, code poste superieur, poste n
        1, code poste n 1, poste hierarchique, code poste hierarchique, superior position, superior position code, parent position, parent
        position code, parent position id, reports to position, supervisor position
    """),
    "hired_on": _listed("""
        hired on, date d entree, date entree, date d embauche, date embauche, date d arrivee, date arrivee, date d engagement, date de
        recrutement, date de prise de poste, date d entree societe, date d entree dans la societe, date d entree entreprise, date d entree
        dans l entreprise, date debut contrat, date de debut de contrat, date de debut du contrat, debut de contrat, date d anciennete,
        hire date, date hired, date of hire, hiring date, start date, starting date, joining date, joined date, original hire date, most
        recent hire date, employee hire date, employeehiredate, contract start, einstellungsdatum, eintrittsdatum, eintritt, einstellung,
        vertragsbeginn, date of joining, date joined, entry date, employment start date, contract start date, first day
    """),
    "trial_ends_on": _listed("""
        trial ends on, fin de periode d essai, date de fin de periode d essai, date fin de periode d essai, date fin periode d essai, fin
        periode d essai, fin periode essai, date fin periode essai, fin d essai, date de fin d essai, date fin essai, echeance periode d
        essai, date fin pe, fin pe, end of trial period, trial end, trial end date, trial period end, trial period end date, probation
        end, probation end date, end of probation, probation period end, probation period end date
    """),
    "leaves_on": _listed("""
        leaves on, last day of work, dernier jour de travail, letzter arbeitstag, date de sortie, date sortie, date de depart, date
        depart, date de fin de contrat, date fin contrat, date de fin du contrat, fin de contrat, dernier jour, dernier jour travaille,
        date de sortie societe, date de sortie des effectifs, date de radiation, date de rupture, leaving date, leave date, termination
        date, date of leaving, date left, exit date, employment end date, last day, last working day, departure date, terminated on,
        employee leave date time, employeeleavedatetime, austrittsdatum, austritt, kundigungsdatum, contract end date, contract end,
        vertragsende
    """),
    "languages": _listed("""
        languages, langues, langues parlees, langues pratiquees, langue parlee, languages spoken, spoken languages, language skills,
        competences linguistiques
    """),
    "work_phone": _listed("""
        work phone, telephone professionnel, tel professionnel, telephone pro, tel pro, telephone fixe, tel fixe, ligne fixe, telephone
        bureau, telephone de bureau, tel bureau, numero de telephone professionnel, telephone travail, business phone, office phone, work
        telephone, phone work, work phone number, business phone number, desk phone, business phones, telephonenumber, telefon
        geschaftlich, geschaftliche telefonnummer
    """),
    "language": _listed("""
        language, langue, default locale, preferredlanguage, sprache, langue de l interface, langue interface, langue d interface, langue
        de communication, langue preferee, langue de correspondance, interface language, preferred language, ui language, locale
    """),
}

# Given out only where a header says that another one is the code.
BESIDE_A_CODE = {
    "unit_name": _listed("""
        service, unite, departement, department, direction, equipe, team, division, entite, structure, org unit, pole, affectation,
        libelle
    """),
    "position_title": _listed("""
        poste, position, emploi, intitule, titre, title, job
    """),
}
CODE_OF = {"unit_name": "unit", "position_title": "position"}
PLAIN = {
    "employee_number": _listed("""
        numero, identifiant, id, number, no, n, code, num, mat
    """),
    "last_name": _listed("""
        nom, name, noms
    """),
    "full_name": _listed("""
        employee, salarie, collaborateur, collaboratrice, agent, mitarbeiter, personne, staff member
    """),
    "status": _listed("""
        status, statut, etat, state, situation
    """),
    "email": _listed("""
        email, e mail, mail, courriel, adresse email, adresse e mail, adresse mail, adresse electronique, adresse de courriel, adresse
        courriel, email address, e mail address, mail address
    """),
    "unit": _listed("""
        unit, unite, service, departement, department, dept, direction, entite, equipe, structure, affectation, uo, team, org unit,
        organizational unit, organisational unit, sub unit, supervisory organization, org unit path, organisation unit, abteilung,
        bereich, teams, division, pole, unite organisationnelle, unite d affectation, service d affectation, business unit
    """),
    "parent_unit": _listed("""
        parent
    """),
    "site": _listed("""
        site, lieu, localisation, location, office, bureau, ville, city, agence, implantation, buro, niederlassung, building id
    """),
    "job_family": _listed("""
        famille, family
    """),
    "position_title": _listed("""
        poste, emploi, intitule, titre, title, job, role, position, qualification, emploi type, job role, designation, job profile,
        funktion, stelle, beruf
    """),
    "position": _listed("""
        position, poste, id position
    """),
    "manager_number": _listed("""
        manager, responsable, responsable hierarchique, superieur, superieur hierarchique, n 1, chef, chef de service, hierarchique,
        supervisor, line manager, reports to, reporting to, reports to name, manager name, supervisor name, worker s manager, boss,
        encadrant, manager email, manager e mail, email manager, email du manager, email responsable, nom du manager, nom manager, nom
        responsable, nom du responsable, vorgesetzter, fuhrungskraft, vorgesetzte r, direct manager, superviseur
    """),
    "hired_on": _listed("""
        entree, embauche, arrivee, debut, date de debut, date debut, hired, joined
    """),
    "trial_ends_on": _listed("""
        periode d essai, trial, probation
    """),
    "leaves_on": _listed("""
        sortie, depart, fin, date de fin, date fin, end date, left
    """),
    "work_phone": _listed("""
        telephone, tel, phone, phone number, numero de telephone, telephone number, n telephone
    """),
}
# fmt: on
ALIASES = (PRECISE, BESIDE_A_CODE, PLAIN)
