package dev.reeve.conformance.architecture.broken.service;

import java.util.logging.Logger;

final class LogsItsOwnWay {
  void log() {
    Logger.getGlobal().info("done");
  }
}
