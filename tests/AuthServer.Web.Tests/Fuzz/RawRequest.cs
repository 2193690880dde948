using System.Net.Sockets;
using System.Text;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>A request as bytes on a connection of its own: it can be wrong in ways no HTTP client allows.</summary>
/// <param name="Method">Of the request line.</param>
/// <param name="Target">Of the request line.</param>
/// <param name="Headers">All but Host and Connection.</param>
/// <param name="Body">Bytes after the headers, chunks included.</param>
internal sealed record RawRequest(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const int MaxShown = 600;

    /// <summary>The body is shorter than announced: the connection ends instead.</summary>
    public bool IsCutShort { get; init; }

    /// <returns>The status code; 0 when the server closed the connection without an answer.</returns>
    public async Task<int> SendAsync(Uri address, CancellationToken ct)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, ct);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Head(address.Authority)), ct);
            await stream.WriteAsync(Body, ct);
            if (IsCutShort)
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // It was refused before it was read to the end; the answer may be there all the same.
        }

        return await ReadStatusAsync(stream, ct);
    }

    public override string ToString()
    {
        var text = Head("server") + Encoding.Latin1.GetString(Body);
        return text.Length > MaxShown ? text[..MaxShown] + "…" : text;
    }

    private static async Task<int> ReadStatusAsync(NetworkStream stream, CancellationToken ct)
    {
        var line = new byte[12];
        try
        {
            var read = await stream.ReadAtLeastAsync(line, line.Length, throwOnEndOfStream: false, ct);
            return read == line.Length ? int.Parse(line.AsSpan(9, 3)) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string Head(string host)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers)
            head.Append($"{name}: {value}\r\n");
        return head.Append("\r\n").ToString();
    }
}
