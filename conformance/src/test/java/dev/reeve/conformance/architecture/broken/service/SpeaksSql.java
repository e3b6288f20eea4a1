package dev.reeve.conformance.architecture.broken.service;

import java.sql.Connection;

record SpeaksSql(Connection connection) {}
