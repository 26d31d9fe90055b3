/*
 * Flavours and PDF files -> on standard output, a line for each file and flavour, and below it one
 * for each rule that the file breaks:
 *
 *     file TAB flavour TAB rules TAB checks
 *     TAB rule TAB times TAB what it asks for, and where it is broken first
 *
 * Usage: java -cp ... Validate.java ua1,3a one.pdf two.pdf
 */

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

public final class Validate {
    private static final int EXAMPLES = 100;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++) {
            for (String flavour : arguments[0].split(",")) {
                validate(new File(arguments[index]), PDFAFlavour.byFlavourId(flavour));
            }
        }
    }

    private static void validate(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(flavour, EXAMPLES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            line(file.getPath(), flavour.getId(), validator.getProfile().getRules().size(),
                    result.getTotalAssertions());
            Map<String, String> first = new TreeMap<>();
            for (TestAssertion failed : result.getTestAssertions()) {
                String where = failed.getLocation().getContext();
                first.putIfAbsent(name(failed.getRuleId()), failed.getMessage() + " @ " + where);
            }
            for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
                String rule = name(broken.getKey());
                line("", rule, broken.getValue(), first.get(rule).replaceAll("\\s+", " "));
            }
            if (result.isCompliant() != result.getFailedChecks().isEmpty()) {
                throw new IllegalStateException("veraPDF contradicts itself about " + file);
            }
        }
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static void line(Object... fields) {
        System.out.println(Stream.of(fields).map(String::valueOf).collect(Collectors.joining("\t")));
    }
}
