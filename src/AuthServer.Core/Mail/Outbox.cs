using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Mail;

/// <summary>Creates the row that an email waits in, and reads it again.</summary>
public sealed class Outbox(ISecretBox box)
{
    private const string Purpose = "outgoing-mail";

    public OutgoingEmail Put(EmailMessage email, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Sealed = box.Seal(JsonSerializer.SerializeToUtf8Bytes(email), Purpose),
        CreatedAt = now,
        NextTryAt = now,
    };

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was encrypted under another
    /// key.</exception>
    public EmailMessage Open(OutgoingEmail mail) =>
        JsonSerializer.Deserialize<EmailMessage>(box.Open(mail.Sealed, Purpose))!;
}
