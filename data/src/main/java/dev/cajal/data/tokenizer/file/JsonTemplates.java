package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.TokenTemplate;
import dev.cajal.nn.checkpoint.Json;
import java.util.ArrayList;
import java.util.List;

/// The `post_processor` of a `tokenizer.json`, as far as it puts special tokens around a text.
final class JsonTemplates {
    private static final String NAME = "post_processor";
    private static final List<String> KNOWN = List.of("TemplateProcessing", "BertProcessing", "RobertaProcessing",
            "ByteLevel", "Sequence");
    private static final int FIRST = TokenTemplate.FIRST;
    private static final int SECOND = TokenTemplate.SECOND;

    private JsonTemplates() {}

    static TokenTemplate read(Json all) {
        TokenTemplate template = TokenTemplate.of();
        for (Json step : JsonParts.steps(all, NAME, "processors")) {
            String kind = JsonParts.kind(step);
            switch (kind) {
                // It changes only what tokens say about their places.
                case "ByteLevel" -> {}
                case "TemplateProcessing" ->
                    template = new TokenTemplate(numbers(step, "single"), numbers(step, "pair"));
                case "BertProcessing" ->
                    template = new TokenTemplate(List.of(number(step, "cls"), FIRST, number(step, "sep")),
                            List.of(number(step, "cls"), FIRST, number(step, "sep"), SECOND, number(step, "sep")));
                case "RobertaProcessing" -> template = new TokenTemplate(
                        List.of(number(step, "cls"), FIRST, number(step, "sep")),
                        List.of(number(step, "cls"), FIRST, number(step, "sep"), number(step, "sep"), SECOND,
                                number(step, "sep")));
                default -> throw JsonParts.unknown(NAME, kind, KNOWN);
            }
        }
        return template;
    }

    /// The number of a token that stands with it: `["[CLS]", 101]`.
    private static int number(Json step, String name) {
        return step.get(name).asList().getLast().asInt();
    }

    private static List<Integer> numbers(Json step, String name) {
        List<Integer> numbers = new ArrayList<>();
        for (Json item : step.get(name).asList()) {
            var special = JsonParts.member(item, "SpecialToken");
            if (special.isPresent()) {
                step.get("special_tokens").get(special.get().get("id").asText()).get("ids").asList()
                        .forEach(number -> numbers.add(number.asInt()));
            } else {
                numbers.add(item.get("Sequence").get("id").asText().equals("A") ? FIRST : SECOND);
            }
        }
        return numbers;
    }
}
