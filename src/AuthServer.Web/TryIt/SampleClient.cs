namespace AuthServer.Web.TryIt;

/// <summary>
/// Registration that the sample application knows: its client id is configured, as in every application.
/// </summary>
public sealed class SampleClient
{
    public const string Name = "Sample application";
    public const string CallbackPath = "/try/callback";
    public const string StartPath = "/try";

    /// <summary>Null until the server has started in Development.</summary>
    public string? ClientId { get; set; }
}
