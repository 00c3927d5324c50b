# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def frequency_class(arrivals: int, threshold: int) -> str:
    """Class of a procedure by its dossiers of twelve months.

    :param threshold: number of dossiers from which on they "regularly arise"
        (thường xuyên phát sinh; the plan of 2019 names no figure, so it is a setting).
    :return: "frequent", "low" or "none".
    """
    if arrivals <= 0:
        return "none"
    return "frequent" if arrivals >= threshold else "low"
