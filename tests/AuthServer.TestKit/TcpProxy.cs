using System.Net;
using System.Net.Sockets;

namespace AuthServer.TestKit;

/// <summary>Stands between a server and its PostgreSQL, and fails as networks do.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly int target;
    private volatile TaskCompletionSource open = Opened();
    private volatile bool losesCommits;

    public TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Drops everything silently: no reset, no refusal.</summary>
    public void FallSilent() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Speak() => open.TrySetResult();

    /// <summary>A COMMIT arrives, and its answer is lost together with the connection.</summary>
    public void LoseCommits(bool lose) => losesCommits = lose;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        over.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var client = near;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await open.Task.WaitAsync(over.Token);
            await server.ConnectAsync(IPAddress.Loopback, target, over.Token);
            var (here, there) = (client.GetStream(), server.GetStream());
            var committing = false;
            var asking = PumpAsync(here, there, sent =>
            {
                committing |= losesCommits && sent.IndexOf("COMMIT"u8) >= 0;
                return true;
            });
            var answering = PumpAsync(there, here, _ => !committing);
            await Task.WhenAny(asking, answering);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // One of the two is gone; so is the other, now.
        }
    }

    private delegate bool Passes(ReadOnlySpan<byte> sent);

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Passes passes)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, over.Token) is var count and > 0)
            {
                await open.Task.WaitAsync(over.Token);
                if (!passes(buffer.AsSpan(0, count)))
                    return;
                await to.WriteAsync(buffer.AsMemory(0, count), over.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
