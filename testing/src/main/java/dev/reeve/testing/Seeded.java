package dev.reeve.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives test methods a `RandomGenerator` parameter whose seed is new in each run. When the test
/// fails, the seed and the command that repeats it are printed with the failure; `-Dreeve.seed=N`
/// fixes it.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SeedExtension.class)
public @interface Seeded {}
