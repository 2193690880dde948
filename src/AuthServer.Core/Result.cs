using System.Diagnostics.CodeAnalysis;

namespace AuthServer.Core;

/// <summary>A success, or the error that the client caused.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? success;
    private readonly OAuthError? failure;

    private Result(T? success, OAuthError? failure) => (this.success, this.failure) = (success, failure);

    public bool Succeeded([NotNullWhen(true)] out T? success, [NotNullWhen(false)] out OAuthError? failure)
    {
        (success, failure) = (this.success, this.failure);
        return failure is null && success is not null;
    }

    [SuppressMessage(
        "Usage", "CA2225:Operator overloads have named alternates", Justification = "A result is made by returning.")]
    public static implicit operator Result<T>(T success) => new(success, null);

    [SuppressMessage(
        "Usage", "CA2225:Operator overloads have named alternates", Justification = "A result is made by returning.")]
    public static implicit operator Result<T>(OAuthError failure) => new(default, failure);
}
