namespace AuthServer.Core.Model;

/// <summary>Status of an email that an administrator requested; Auth0's <c>jobs</c>.</summary>
public sealed class EmailJob
{
    public const string VerificationEmail = "verification_email";

    public static readonly TimeSpan Lifetime = OutgoingEmail.Retries.Lifetime * 2;

    /// <summary><c>job_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string Type { get; init; }

    /// <summary>The <see cref="OutgoingEmail"/>, which is gone once it was sent.</summary>
    public required Guid EmailId { get; init; }
    public string Status { get; set; } = JobStatuses.Pending;
    public required DateTimeOffset CreatedAt { get; init; }
}
