@hybrid_program
def main():
    measure_all()
