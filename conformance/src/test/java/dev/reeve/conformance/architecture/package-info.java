/// Who may know whom, held over the compiled classes. [HouseModule] is the map, [ArchitectureRules]
/// the rules with their reasons, [HouseArchTest] applies them to the product and
/// [BrokenHouseArchTest] shows that each can fail. Form and words are judged by
/// `dev.reeve.conformance.tidy`.
@NullMarked
package dev.reeve.conformance.architecture;

import org.jspecify.annotations.NullMarked;
