import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** Lucene: ArabicAnalyzer, or words between spaces; one thread, also for merging; answers lines as harness.py does. */
public final class Lucene {
    private static final int LIMIT = 10;
    private static final int MEMORY_MB = 256;
    private static final int MAX_EXPANSIONS = 1000; // Lucene's own 50 would leave words out
    private static Analyzer analyzer;
    private static final List<IndexSearcher> OPENED = new ArrayList<>();
    private static IndexSearcher searcher;

    public static void main(String[] args) throws Exception {
        analyzer = args[0].equals("plain") ? new WhitespaceAnalyzer() : new ArabicAnalyzer();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf("{\"version\": \"%s, Java %s\", \"kinds\": %s}%n", Version.LATEST, System.getProperty("java.version"),
            "[\"any\", \"all\", \"phrase\", \"prefix\", \"fuzzy\"]");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t");
            switch (words[0]) {
                case "build" -> out.println(build(Path.of(words[1]), Path.of(words[2])));
                case "open" -> {
                    OPENED.add(searcher);
                    out.println(open(Path.of(words[1])));
                }
                case "reopen" -> out.println(open(Path.of(words[1])));
                case "ask" -> out.println(ask(words[1], Path.of(words[2])));
                case "count" -> out.println(count(words[1], Path.of(words[2])));
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
    }

    private static String build(Path path, Path folder) throws Exception {
        List<String[]> documents = new ArrayList<>();
        for (String document : Files.readString(path).split("\0")) {
            documents.add(document.split("\u001f", -1));
        }
        System.gc();
        long resident = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
        Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // what was resident at most begins anew
        long start = System.nanoTime();
        long processor = processorTime();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(MEMORY_MB)
            .setMergeScheduler(new SerialMergeScheduler());
        try (var directory = FSDirectory.open(folder); var writer = new IndexWriter(directory, config)) {
            for (String[] parts : documents) {
                String text = parts[1].isEmpty() ? parts[2] : parts[1] + "\n" + parts[2];
                Document document = new Document();
                document.add(new StringField("id", parts[0], Field.Store.YES));
                document.add(new BinaryDocValuesField("id", new org.apache.lucene.util.BytesRef(parts[0])));
                document.add(new TextField("text", text, Field.Store.YES));
                writer.addDocument(document);
            }
            writer.commit();
        }
        return String.format("{\"seconds\": %.9f, \"processor\": %.9f, \"documents\": %d, \"resident\": %d}",
            (System.nanoTime() - start) / 1e9, (processorTime() - processor) / 1e9, documents.size(), resident);
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
    }

    private static String open(Path folder) throws Exception {
        long start = System.nanoTime();
        searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        return String.format("{\"seconds\": %.9f, \"documents\": %d}", (System.nanoTime() - start) / 1e9,
            searcher.getIndexReader().numDocs());
    }

    private static String ask(String kind, Path path) throws Exception {
        StringBuilder seconds = new StringBuilder();
        StringBuilder ids = new StringBuilder();
        for (String query : Files.readAllLines(path)) {
            long start = System.nanoTime();
            List<String> found = search(kind, query);
            seconds.append(seconds.isEmpty() ? "" : ", ").append((System.nanoTime() - start) / 1e9);
            ids.append(ids.isEmpty() ? "[" : ", [");
            for (int i = 0; i < found.size(); i++) {
                ids.append(i == 0 ? "\"" : ", \"").append(found.get(i)).append('"');
            }
            ids.append(']');
        }
        return "{\"seconds\": [" + seconds + "], \"ids\": [" + ids + "]}";
    }

    private static List<String> search(String kind, String text) throws Exception {
        List<String> ids = new ArrayList<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc hit : searcher.search(parse(kind, text), LIMIT).scoreDocs) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
            var keys = leaf.reader().getBinaryDocValues("id");
            keys.advanceExact(hit.doc - leaf.docBase);
            ids.add(keys.binaryValue().utf8ToString());
        }
        return ids;
    }

    private static String count(String kind, Path path) throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (String query : Files.readAllLines(path)) {
            counts.add(searcher.count(parse(kind, query)));
        }
        return "{\"counts\": " + counts + "}";
    }

    private static Query parse(String kind, String text) throws Exception {
        List<Term> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(new Term("text", term.toString()));
            }
            stream.end();
        }
        switch (kind) {
            case "phrase":
                PhraseQuery.Builder phrase = new PhraseQuery.Builder();
                terms.forEach(phrase::add);
                return phrase.build();
            case "prefix":
                return new PrefixQuery(terms.get(0));
            case "fuzzy":
                return new FuzzyQuery(terms.get(0), 1, 0, MAX_EXPANSIONS, true);
            default:
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                for (Term term : terms) {
                    all.add(new TermQuery(term), kind.equals("all") ? Occur.MUST : Occur.SHOULD);
                }
                return all.build();
        }
    }
}
