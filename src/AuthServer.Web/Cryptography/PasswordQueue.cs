using AuthServer.Core.Users;

namespace AuthServer.Web.Cryptography;

/// <summary>
/// Shares the cores that hash passwords among the addresses: each address has a queue, and the queues take turns. When
/// all waiting places are taken, the address with the longest queue loses its last place, so that no address keeps
/// others out (docs/security.md#the-queue-of-password-hashes).
/// </summary>
/// <param name="cores">How many passwords are hashed at a time.</param>
/// <param name="maxWaiting">How many wait, in all lines.</param>
public sealed class PasswordQueue(int cores, int maxWaiting)
{
    private readonly Lock changing = new();

    /// <summary>The next turn is the first line's.</summary>
    private readonly List<Line> lines = [];
    private int free = cores;
    private int waiting;

    /// <summary>How many wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Waits for a core, which <see cref="Leave"/> gives back.</summary>
    /// <exception cref="PasswordQueueFullException">The queue is full.</exception>
    public async Task EnterAsync(string address, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (changing)
        {
            if (free > 0)
            {
                free--;
                return;
            }

            MakeSpace(address);
            LineOf(address).Turns.Add(turn);
            waiting++;
        }

        await using var registration = ct.Register(() => GiveUp(turn, ct));
        await turn.Task;
    }

    /// <summary>Hands the core to the next in turn.</summary>
    public void Leave()
    {
        lock (changing)
        {
            if (lines.Count == 0)
            {
                free++;
                return;
            }

            var line = lines[0];
            lines.RemoveAt(0);
            lines.Add(line);
            Take(line, line.Turns[0]).SetResult();
        }
    }

    /// <exception cref="PasswordQueueFullException">The address itself has the longest line.</exception>
    private void MakeSpace(string address)
    {
        if (waiting < maxWaiting)
            return;
        var longest = lines.MaxBy(line => line.Turns.Count);
        var own = lines.Find(line => line.Address == address)?.Turns.Count ?? 0;
        if (longest is null || longest.Turns.Count <= own + 1)
            throw new PasswordQueueFullException();
        Take(longest, longest.Turns[^1]).SetException(new PasswordQueueFullException());
    }

    private Line LineOf(string address)
    {
        if (lines.Find(line => line.Address == address) is { } known)
            return known;
        var line = new Line(address, []);
        lines.Add(line);
        return line;
    }

    private void GiveUp(TaskCompletionSource turn, CancellationToken ct)
    {
        lock (changing)
        {
            if (lines.Find(line => line.Turns.Contains(turn)) is { } line)
                Take(line, turn).SetCanceled(ct);
        }
    }

    private TaskCompletionSource Take(Line line, TaskCompletionSource turn)
    {
        line.Turns.Remove(turn);
        if (line.Turns.Count == 0)
            lines.Remove(line);
        waiting--;
        return turn;
    }

    private sealed record Line(string Address, List<TaskCompletionSource> Turns);
}
