namespace AuthServer.Web.TryIt;

/// <summary>
/// What the sample application knows of its registration: it was told its client id, as every application is.
/// </summary>
public sealed class SampleClient
{
    public const string Name = "Sample application";
    public const string CallbackPath = "/try/callback";
    public const string StartPath = "/try";

    /// <summary>Null until the server has started in Development.</summary>
    public string? ClientId { get; set; }
}
