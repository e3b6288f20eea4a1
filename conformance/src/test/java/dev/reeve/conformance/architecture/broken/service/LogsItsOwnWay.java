package dev.reeve.conformance.architecture.broken.service;

import java.util.logging.Logger;

record LogsItsOwnWay(Logger logger) {}
