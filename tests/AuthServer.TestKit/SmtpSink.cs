using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AuthServer.TestKit;

/// <summary>A message as it came over the wire.</summary>
public sealed partial record ReceivedMail(string From, string To, string Raw)
{
    public string? Header(string name) =>
        Headers()
            .FirstOrDefault(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 1)..].Trim();

    /// <summary>The subject, its encoded words (RFC 2047) read.</summary>
    public string Subject =>
        EncodedWord()
            .Replace(
                Regex.Replace(
                    Header("Subject") ?? "",
                    @"\?=\s+=\?",
                    "?==?",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)),
                word =>
                    word.Groups["how"].Value is "B" or "b"
                        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value))
                        : QuotedPrintable(word.Groups["text"].Value.Replace('_', ' ')));

    /// <summary>The part of that media type, decoded.</summary>
    public string Part(string mediaType)
    {
        var boundary =
            "--"
            + Regex
                .Match(Raw, "boundary=\"?(?<b>[^\"\r\n;]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .Groups["b"]
                .Value;
        var part = Raw.Split(boundary)
            .First(text => text.Contains("Content-Type: " + mediaType, StringComparison.OrdinalIgnoreCase));
        var at = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = part[(at + 4)..];
        return part[..at].Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : QuotedPrintable(body);
    }

    private IEnumerable<string> Headers() =>
        Regex
            .Replace(
                Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)],
                @"\r\n[ \t]+",
                " ",
                RegexOptions.None,
                TimeSpan.FromSeconds(1))
            .Split("\r\n");

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
                bytes.Add(Convert.ToByte(text.Substring((i += 2) - 1, 2), 16));
            else
                bytes.AddRange(Encoding.UTF8.GetBytes([text[i]]));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(
        @"=\?utf-8\?(?<how>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EncodedWord();
}

/// <summary>
/// A mail server on this machine that keeps the messages it receives, RFC 5321; tests set its answers.
/// </summary>
public sealed class SmtpSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ReceivedMail> received = new();
    private readonly ConcurrentQueue<(string Command, string Answer)> refusals = new();
    private int connections;

    public SmtpSink()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref connections);

    public IReadOnlyCollection<ReceivedMail> Received => received;

    /// <summary>The next command of this name gets this answer.</summary>
    public void Refuse(string command, string answer) => refusals.Enqueue((command, answer));

    public async Task<ReceivedMail> NextAsync()
    {
        for (var i = 0; i < 300; i++)
        {
            if (received.TryDequeue(out var mail))
                return mail;
            await Task.Delay(50);
        }

        throw new TimeoutException("No mail came.");
    }

    public async Task WaitForConnectionsAsync(int count)
    {
        for (var i = 0; i < 200 && Connections < count; i++)
            await Task.Delay(50);
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        Interlocked.Increment(ref connections);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        await writer.WriteLineAsync("220 sink");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync() is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            if (refusals.TryPeek(out var refusal) && refusal.Command == command && refusals.TryDequeue(out refusal))
            {
                await writer.WriteLineAsync(refusal.Answer);
                continue;
            }

            switch (command)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8");
                    break;
                case "MAIL":
                    from = Address(line);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT":
                    to = Address(line);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    received.Enqueue(new ReceivedMail(from, to, await ReadDataAsync(reader)));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private static async Task<string> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return data.ToString();
    }

    private static string Address(string line) =>
        line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
