package dev.cajal.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The root of everything that Cajal throws on purpose.
///
/// An error has a stable [code][#code] (`shape.mismatch`), the English message that says what was found, what was
/// needed and the way out, and the [arguments][#arguments] of that message. The same message as a [phrase][#phrase] has
/// also where it happened, and is what an application needs to say it in another language.
public class CajalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient @Nullable Phrase sentence;
    private final transient @Nullable Phrase phrase;

    /// An error whose message is `template.formatted(arguments)`.
    public CajalException(String code, String template, Object... arguments) {
        this(code, null, template, arguments);
    }

    /// An error with the exception that caused it.
    public CajalException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        this(Phrase.of(code, template, arguments), cause);
    }

    private CajalException(Phrase sentence, @Nullable Throwable cause) {
        super(sentence.toString(), cause);
        this.code = sentence.code();
        this.sentence = sentence;
        this.phrase = sentence;
    }

    /// An error at a place: the message begins with it, and a colon.
    protected CajalException(Phrase place, String code, @Nullable Throwable cause, String template,
            Object... arguments) {
        this(place, Phrase.of(code, template, arguments), cause);
    }

    private CajalException(Phrase place, Phrase sentence, @Nullable Throwable cause) {
        super(sentence.at(place).toString(), cause);
        this.code = sentence.code();
        this.sentence = sentence;
        this.phrase = sentence.at(place);
    }

    /// Another error's code and arguments, with a message that says more.
    ///
    /// @param message with the [phrase][#phrase] of the other error in it
    protected CajalException(CajalException cause, Phrase message) {
        super(message.toString(), cause);
        this.code = cause.code;
        this.sentence = cause.sentence;
        this.phrase = message;
    }

    /// The stable name of this kind of error: lower case words, dots between them.
    public String code() {
        return code;
    }

    /// What the place holders of the sentence that the code names were filled with, in their order.
    public List<Object> arguments() {
        return sentence == null ? List.of() : sentence.arguments();
    }

    /// The whole message, with places before the sentence and details behind it.
    public Phrase phrase() {
        return phrase == null ? Phrase.verbatim(String.valueOf(getMessage())) : phrase;
    }
}
