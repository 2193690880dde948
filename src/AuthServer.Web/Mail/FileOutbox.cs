using System.Text.Json;
using AuthServer.Core.Mail;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Mail;

/// <summary>Email in the data directory.</summary>
public sealed record KeptEmail(Guid Id, DateTimeOffset SentAt, EmailMessage EmailMessage);

/// <summary>
/// Development without a mail server: each email is a file that mail programs open, <c>outbox/*.eml</c>, and one beside
/// it that this server's own pages read. Only their owner may read them (mode 0600).
/// </summary>
public sealed class FileOutbox(DataDirectory data, MailOptions options, TimeProvider time) : IEmailSender
{
    private const int MaxKept = 200;
    private const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string folder = data.File("outbox");

    public bool IsOpen => true;

    public async Task SendAsync(Guid id, EmailMessage email, CancellationToken ct)
    {
        using var message = MimeMessageFactory.Of(email, options.Sender, id);
        DataDirectory.Create(folder);
        await KeepAsync(FileOf(id, "eml"), file => message.WriteToAsync(file, ct));
        var kept = new KeptEmail(id, time.GetUtcNow(), email);
        await KeepAsync(FileOf(id, "json"), file => JsonSerializer.SerializeAsync(file, kept, cancellationToken: ct));
        foreach (var old in Directory.GetFiles(folder).OrderDescending(StringComparer.Ordinal).Skip(2 * MaxKept))
            File.Delete(old);
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<KeptEmail> Newest(int most) => !Directory.Exists(folder) ? [] :
        [.. Directory.GetFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal).Take(most).Select(Read)];

    public KeptEmail? Find(Guid id) => File.Exists(FileOf(id, "json")) ? Read(FileOf(id, "json")) : null;

    private static KeptEmail Read(string file) => JsonSerializer.Deserialize<KeptEmail>(File.ReadAllText(file))!;

    /// <summary>Whole or not at all, under its name; a repeated delivery replaces it.</summary>
    private static async Task KeepAsync(string file, Func<Stream, Task> write)
    {
        var draft = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Ours;
        await using (var stream = new FileStream(draft, options))
            await write(stream);
        File.Move(draft, file, overwrite: true);
    }

    /// <summary>The ids are ordered by time, and so are the names.</summary>
    private string FileOf(Guid id, string kind) => Path.Combine(folder, $"{id:N}.{kind}");
}
