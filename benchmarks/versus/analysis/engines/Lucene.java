import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Scanner;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.Version;

/** Lucene's ArabicAnalyzer: every token's term, offsets and position read; answers lines as harness.py does. */
public final class Lucene {
    private static long consumed; // what was read goes here, so that no compiler can leave the reading out

    public static void main(String[] args) throws Exception {
        String[] texts = Files.readString(Path.of(args[0])).split("\0", -1);
        texts = Arrays.copyOf(texts, Math.min(texts.length, Integer.parseInt(args[1])));
        long chars = 0;
        long bytes = 0;
        for (String text : texts) {
            chars += text.codePointCount(0, text.length());
            bytes += text.getBytes("UTF-8").length;
        }
        System.out.printf("{\"version\": \"%s, Java %s\", \"chars\": %d, \"bytes\": %d}%n",
            Version.LATEST, System.getProperty("java.version"), chars, bytes);
        Analyzer analyzer = new ArabicAnalyzer();
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            if (lines.nextLine().equals("expect")) {
                System.out.printf("{\"tokens\": %d}%n", expect(texts));
                continue;
            }
            long start = System.nanoTime();
            long tokens = 0;
            for (String text : texts) {
                tokens += analyze(analyzer, text);
            }
            System.out.printf("{\"seconds\": %.9f, \"tokens\": %d}%n", (System.nanoTime() - start) / 1e9, tokens);
        }
        if (consumed == 42) {
            System.err.println();
        }
    }

    private static long analyze(Analyzer analyzer, String text) throws Exception {
        long tokens = 0;
        long read = 0;
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offsets = stream.addAttribute(OffsetAttribute.class);
            PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            int position = -1;
            while (stream.incrementToken()) {
                read += term.buffer()[0] + term.length();
                position += increment.getPositionIncrement();
                read += offsets.startOffset() + offsets.endOffset() + position;
                tokens++;
            }
            stream.end();
        }
        consumed += read;
        return tokens;
    }

    /** Counts the words of the standard tokenizer that are no stop words, without the rest of the chain. */
    private static long expect(String[] texts) throws Exception {
        long tokens = 0;
        for (String text : texts) {
            try (var words = new org.apache.lucene.analysis.standard.StandardTokenizer()) {
                words.setReader(new java.io.StringReader(text));
                CharTermAttribute term = words.addAttribute(CharTermAttribute.class);
                words.reset();
                while (words.incrementToken()) {
                    StringBuilder word = new StringBuilder();
                    term.toString().codePoints().map(Character::toLowerCase)
                        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                        .forEach(word::appendCodePoint);
                    tokens += ArabicAnalyzer.getDefaultStopSet().contains(word) ? 0 : 1;
                }
                words.end();
            }
        }
        return tokens;
    }
}
