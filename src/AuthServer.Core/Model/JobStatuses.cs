namespace AuthServer.Core.Model;

/// <summary>Auth0's statuses of jobs.</summary>
public static class JobStatuses
{
    public const string Pending = "pending";
    public const string Completed = "completed";
    public const string Failed = "failed";
}
