package dev.reeve.conformance.architecture.broken.cli;

final class MayPrint {
  void print() {
    System.out.println("done");
  }
}
