package dev.reeve.conformance.architecture.broken.service;

final class Prints {
  void print() {
    System.out.println("done");
  }
}
