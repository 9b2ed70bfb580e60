namespace Assay.Quality.Expressions;

/// <summary>An expression does not translate. Carries the fault out of the depth of the translation; does not leave this project.</summary>
internal sealed class ExpressionException(ExpressionFault fault) : Exception(fault.ToString())
{
    public ExpressionException(int position, string message)
        : this(new ExpressionFault(position, message))
    {
    }

    public ExpressionFault Fault => fault;
}
