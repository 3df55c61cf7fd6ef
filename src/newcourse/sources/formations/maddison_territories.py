"""Which state each territory of the Maddison project stands for, and when."""

_ALWAYS = (
    ("AFG", 700), ("AGO", 540), ("ALB", 339), ("ARE", 696), ("ARG", 160), ("ARM", 371), ("AUS", 900), ("AUT", 305),
    ("AZE", 373), ("BDI", 516), ("BEL", 211), ("BEN", 434), ("BFA", 439), ("BGD", 771), ("BGR", 355), ("BHR", 692),
    ("BIH", 346), ("BLR", 370), ("BOL", 145), ("BRA", 140), ("BRB", 53), ("BWA", 571), ("CAF", 482), ("CAN", 20),
    ("CHE", 225), ("CHL", 155), ("CHN", 710), ("CIV", 437), ("CMR", 471), ("COD", 490), ("COG", 484), ("COL", 100),
    ("COM", 581), ("CPV", 402), ("CRI", 94), ("CUB", 40), ("CYP", 352), ("CZE", 316), ("DJI", 522), ("DNK", 390),
    ("DOM", 42), ("DZA", 615), ("ECU", 130), ("EGY", 651), ("ESP", 230), ("EST", 366), ("ETH", 530), ("FIN", 375),
    ("FRA", 220), ("GAB", 481), ("GBR", 200), ("GEO", 372), ("GHA", 452), ("GIN", 438), ("GMB", 420), ("GNB", 404),
    ("GNQ", 411), ("GRC", 350), ("GTM", 90), ("HND", 91), ("HRV", 344), ("HTI", 41), ("HUN", 310), ("IDN", 850),
    ("IND", 750), ("IRL", 205), ("IRN", 630), ("IRQ", 645), ("ISL", 395), ("ISR", 666), ("ITA", 325), ("JAM", 51),
    ("JOR", 663), ("JPN", 740), ("KAZ", 705), ("KEN", 501), ("KGZ", 703), ("KHM", 811), ("KWT", 690), ("LAO", 812),
    ("LBN", 660), ("LBR", 450), ("LBY", 620), ("LKA", 780), ("LSO", 570), ("LTU", 368), ("LUX", 212), ("LVA", 367),
    ("MAR", 600), ("MDA", 359), ("MDG", 580), ("MEX", 70), ("MKD", 343), ("MLI", 432), ("MLT", 338), ("MMR", 775),
    ("MNE", 341), ("MNG", 712), ("MOZ", 541), ("MRT", 435), ("MUS", 590), ("MWI", 553), ("MYS", 820), ("NAM", 565),
    ("NER", 436), ("NGA", 475), ("NIC", 93), ("NLD", 210), ("NOR", 385), ("NPL", 790), ("NZL", 920), ("OMN", 698),
    ("PAK", 770), ("PAN", 95), ("PER", 135), ("PHL", 840), ("POL", 290), ("PRK", 731), ("PRT", 235), ("PRY", 150),
    ("QAT", 694), ("ROU", 360), ("RWA", 517), ("SAU", 670), ("SDN", 625), ("SEN", 433), ("SGP", 830), ("SLE", 451),
    ("SLV", 92), ("SVK", 317), ("SVN", 349), ("SWE", 380), ("SWZ", 572), ("SYR", 652), ("TCD", 483), ("TGO", 461),
    ("THA", 800), ("TJK", 702), ("TKM", 701), ("TTO", 52), ("TUN", 616), ("TUR", 640), ("TWN", 713), ("TZA", 510),
    ("UGA", 500), ("UKR", 369), ("URY", 165), ("USA", 2), ("UZB", 704), ("VEN", 101), ("ZAF", 560), ("ZMB", 551),
    ("ZWE", 552),
)  # fmt: skip

EVER = 9999

TERRITORIES: tuple[tuple[str, int, int, int], ...] = (
    *((code, gw, 0, EVER) for code, gw in _ALWAYS),
    ("SUN", 365, 0, 1991),
    ("RUS", 365, 1992, EVER),
    ("DEU", 255, 0, 1945),
    ("DEU", 260, 1946, EVER),
    ("CSK", 315, 0, 1992),
    ("YUG", 345, 0, 1991),
    ("SRB", 345, 1992, 2005),
    ("SRB", 340, 2006, EVER),
    ("VNM", 816, 1976, EVER),
    ("YEM", 678, 1990, EVER),
    ("KOR", 730, 0, 1910),
    ("KOR", 732, 1945, EVER),
)
"""Code of the territory, number of the state after Gleditsch and Ward, first and last year.

The territory of the Soviet Union stands for the Russian Empire before it, that of Germany for the Federal Republic
after 1945, that of Serbia for the Yugoslavia of two republics (assumed). That of Korea is the south after 1945.
"""

BEFORE = "years in which the territory stands for no state: parts of it or what follows it do"
"""Why rows of known territories are left out."""

_MICRO = "a microstate, below the size of the list"
OUTSIDE_TERRITORIES = {
    "DMA": _MICRO,
    "LCA": _MICRO,
    "STP": _MICRO,
    "SYC": _MICRO,
    "HKG": "a dependent territory",
    "PRI": "a dependent territory",
    "PSE": "not in the list of independent states",
}
"""Territories without a state in the list, with the reason."""
