# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import counter
from . import procedure_fee
from . import dossier_fee
from . import receipt_book
from . import receipt_book_numbers
from . import receipt
from . import receipt_line
from . import refund
from . import cash_closing
from . import cash_closing_figures
from . import cash_closing_sign
from . import dossier_collect
from . import bank_account
from . import bank_statement
from . import bank_line
from . import bank_line_match
from . import bank_line_decide
from . import dossier_bank
from . import payment_transaction
from . import dossier_payment
from . import dossier_refund
from . import dossier_set_fee
from . import dossier_fees_first
from . import receipt_paper
from . import cash_closing_paper
from . import receipt_copy
