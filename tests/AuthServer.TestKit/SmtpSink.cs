using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace AuthServer.TestKit;

/// <summary>A message as it came over the wire, and the credentials that its connection sent.</summary>
public sealed record ReceivedMail(string From, string To, MimeMessage Message, string? Credentials, bool IsEncrypted)
{
    public string Subject => Message.Subject ?? "";

    public string? Header(string name) => Message.Headers[name];

    /// <summary>The part of that media type, decoded.</summary>
    public string Part(string mediaType) =>
        Message.BodyParts.OfType<TextPart>().Single(part => part.ContentType.MimeType == mediaType).Text;
}

/// <summary>
/// A mail server on this machine that keeps the messages it receives, RFC 5321; tests set its answers.
/// </summary>
public sealed class SmtpSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ReceivedMail> received = new();
    private readonly ConcurrentQueue<(string Command, string Answer)> refusals = new();
    private readonly X509Certificate2? certificate;
    private readonly bool beginsWithTls;
    private int connections;

    /// <param name="certificate">Certificate of the server; without one it offers no TLS.</param>
    /// <param name="beginsWithTls">TLS begins with the connection, instead of by STARTTLS.</param>
    public SmtpSink(X509Certificate2? certificate = null, bool beginsWithTls = false)
    {
        this.certificate = certificate;
        this.beginsWithTls = beginsWithTls;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref connections);

    public IReadOnlyCollection<ReceivedMail> Received => received;

    /// <summary>The next command of this name gets this answer.</summary>
    public void Refuse(string command, string answer) => refusals.Enqueue((command, answer));

    public Task<ReceivedMail> NextAsync() => Eventually.FindAsync(
        () => Task.FromResult(received.TryDequeue(out var mail) ? mail : null), "No mail came.");

    public Task WaitForConnectionsAsync(int count) =>
        Eventually.UntilAsync(() => Connections >= count, $"There were fewer than {count} connections.");

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
        try
        {
            var connection = new Connection(client.GetStream());
            if (beginsWithTls)
                await connection.EncryptAsync(certificate!);
            await connection.SayAsync("220 sink");
            while (await connection.HearAsync() is { } line && await AnswerAsync(connection, line))
            {
                // The next command.
            }
        }
        catch (Exception aborted) when (aborted is IOException or AuthenticationException)
        {
            // The client refused the certificate, or went away.
        }
    }

    /// <returns>Whether another command may follow.</returns>
    private async Task<bool> AnswerAsync(Connection connection, string line)
    {
        var command = line.Split(' ', ':')[0].ToUpperInvariant();
        if (refusals.TryPeek(out var refusal) && refusal.Command == command && refusals.TryDequeue(out refusal))
        {
            await connection.SayAsync(refusal.Answer);
            return true;
        }

        switch (command)
        {
            case "EHLO":
                var offered = connection.IsEncrypted ? "AUTH PLAIN" : certificate is null ? "HELP" : "STARTTLS";
                await connection.SayAsync($"250-sink\r\n250-8BITMIME\r\n250-{offered}\r\n250 SMTPUTF8");
                return true;
            case "STARTTLS":
                await connection.SayAsync("220 go on");
                await connection.EncryptAsync(certificate!);
                return true;
            case "AUTH":
                connection.Credentials = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2]));
                await connection.SayAsync("235 welcome");
                return true;
            case "MAIL":
                connection.From = Address(line);
                break;
            case "RCPT":
                connection.To = Address(line);
                break;
            case "DATA":
                await connection.SayAsync("354 go on");
                received.Enqueue(await connection.ReceiveAsync());
                break;
            case "QUIT":
                await connection.SayAsync("221 bye");
                return false;
        }

        await connection.SayAsync("250 ok");
        return true;
    }

    private static string Address(string line) =>
        line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    /// <summary>One client.</summary>
    private sealed class Connection(Stream connected)
    {
        private Stream stream = connected;
        private StreamReader reader = new(connected, Encoding.UTF8);

        public string From { get; set; } = "";

        public string To { get; set; } = "";

        public string? Credentials { get; set; }

        public bool IsEncrypted => stream is SslStream;

        public async Task EncryptAsync(X509Certificate2 certificate)
        {
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(certificate);
            stream = encrypted;
            reader = new StreamReader(encrypted, Encoding.UTF8);
        }

        public Task<string?> HearAsync() => reader.ReadLineAsync();

        public async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"));

        public async Task<ReceivedMail> ReceiveAsync()
        {
            var data = new StringBuilder();
            while (await reader.ReadLineAsync() is { } line && line != ".")
                data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(data.ToString()));
            var message = await MimeMessage.LoadAsync(bytes);
            return new ReceivedMail(From, To, message, Credentials, IsEncrypted);
        }
    }
}
