using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management;

/// <summary>
/// An operation that was refused, with the error that the caller sees. Thrown within the operation's transaction, which
/// it ends without a change.
/// </summary>
internal sealed class ManagementException(ManagementError error) : Exception(error.Message)
{
    public ManagementError Error { get; } = error;

    /// <param name="reason">What is wrong with the body.</param>
    /// <param name="path">The member; empty when it is not about one.</param>
    public static ManagementException Invalid(string reason, string path = "") =>
        ManagementError.InvalidBody(new ValidationError(reason, path)).AsException();

    /// <exception cref="ManagementException">There is an error.</exception>
    public static void ThrowIfInvalid(ValidationError? error)
    {
        if (error is not null)
            throw ManagementError.InvalidBody(error).AsException();
    }
}
