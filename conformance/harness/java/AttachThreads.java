import java.io.IOException;
import java.util.List;

/**
 * The example under a lock, so that several threads may use it.
 *
 * javac -d out AttachThreads.java Attach.java Oracle.java Threads.java example/Buddy.java
 * npx buddy-oracle check -- java -cp out AttachThreads
 */
public final class AttachThreads extends Attach {
    private AttachThreads(Oracle.Arena arena) { super(arena); }

    @Override public synchronized Long allocate(int order) { return super.allocate(order); }
    @Override public synchronized void free(long frame, int order) { super.free(frame, order); }
    @Override public List<String> threads(List<String> scripts) { return Threads.carryOut(this, scripts); }

    public static void main(String[] args) throws IOException { serve(AttachThreads::new, "threads:4"); }
}
